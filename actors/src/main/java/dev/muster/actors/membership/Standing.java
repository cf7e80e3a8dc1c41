package dev.muster.actors.membership;

/**
 * Whether this node can be sure that it is still a member of the cluster, and that nobody else has
 * taken over what it has: the lease that a majority of the members extends, again and again, by
 * answering. A process that was suspended, or that hears nobody, loses it by itself, before the
 * others start elsewhere what it had. Safe for use by many threads.
 */
public interface Standing {
  /** A single node's. */
  Standing ALONE =
      new Standing() {
        @Override
        public boolean mayDecide() {
          return true;
        }

        @Override
        public boolean holds() {
          return true;
        }
      };

  /** Of who has nothing: a member that is there to ask the others. */
  Standing NONE =
      new Standing() {
        @Override
        public boolean mayDecide() {
          return false;
        }

        @Override
        public boolean holds() {
          return false;
        }
      };

  /** Whether it holds, and will for as long as what is decided now takes to be written. */
  boolean mayDecide();

  /** Whether what this node has is nobody else's. */
  boolean holds();
}
