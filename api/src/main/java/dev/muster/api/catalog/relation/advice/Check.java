package dev.muster.api.catalog.relation.advice;

/**
 * One guideline.
 *
 * <p>Its query reads {@code subject} (the clusters that advice is about), {@code member} (their
 * lasting replicas), the checks before it by their names, and base tables. Its columns are {@code
 * cluster_id}, {@code severity}, {@code advice}, {@code reason} and {@code statement}: SQL that can
 * be executed as it is, after which the check has nothing more to say; null where there is none.
 */
sealed interface Check
    permits IdleCheck, SingleReplicaCheck, OneZoneCheck, SizeFitCheck, MixedUseCheck, TierCheck {
  /** What other checks know its rows as. */
  String name();

  String query();
}
