/**
 * The reconcile kernel: compares what is desired with what is there, and decides what to add and
 * drop, each with its reason.
 *
 * <p>One pass has two steps. In {@code advance} each {@link dev.muster.actors.reconcile.Strategy}
 * may move its own durable record, by events. In {@code desire} each contributes how many replicas
 * of which shape it wants; contributions combine per shape by maximum, never by sum. What is
 * missing is added, what nobody desires is dropped. A pass can run at any time, and does nothing
 * when nothing is off: with every command that changes a managed cluster, with every news of its
 * replicas, at the deadline of a reconfiguration, and after every recovery. Of itself a pass takes
 * a replica away because of the zone that it is in only where that zone is out of service, or where
 * a successor serves. A new strategy is one file and its tests.
 *
 * <p>There are five: {@link dev.muster.actors.reconcile.Baseline}, the realized configuration;
 * {@link dev.muster.actors.reconcile.GracefulReconfiguration}, the target of a reconfiguration;
 * {@link dev.muster.actors.reconcile.ZoneRepair}, an even spread over the zones; {@link
 * dev.muster.actors.reconcile.HydrationBurst}, one that helps out while no steady replica serves;
 * and {@link dev.muster.actors.reconcile.LoadScaling}, which desires nothing itself and starts
 * reconfigurations.
 *
 * <p>Pure: no Pekko, no I/O, no clock, no randomness.
 */
package dev.muster.actors.reconcile;
