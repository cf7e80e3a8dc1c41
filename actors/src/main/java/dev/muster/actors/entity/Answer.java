package dev.muster.actors.entity;

import dev.muster.api.command.Reply;
import dev.muster.journal.event.HybridTime;

/**
 * An entity's reply on its way back.
 *
 * @param token that of the request, for askers with several open ones
 * @param at later than every event that the reply acknowledges
 */
public record Answer(long token, HybridTime at, Reply reply) {}
