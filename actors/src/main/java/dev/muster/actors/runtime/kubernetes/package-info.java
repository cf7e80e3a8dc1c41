/**
 * The {@code kubernetes} runtime: each replica is a pod.
 *
 * <pre>
 *   KubernetesRuntime --- one informer over the pods of this installation and these zones
 *        | one each
 *     PodSlot ----------- what is done to a replica, one step after the other
 *        |                    create, find, delete: by the API, under the one name of the replica
 *     PodWatch ---------- asks the pod itself: does it answer, has it hydrated, is it alive
 * </pre>
 *
 * <p><b>Never twice.</b> A replica's pod has a name made of the installation and the replica's id:
 * the API server refuses a second one. A pod that has ended, or is being deleted, is gone before
 * its successor is created. Ids are never used twice, so the name fences.
 *
 * <p><b>What outlives Muster.</b> Everything: pods have no owner but their labels, which say whose
 * they are, and are found by them again. Kubernetes restarts nothing ({@code restartPolicy:
 * Never}); when and where a replica is started anew is decided in one place, by its cluster.
 *
 * <p>{@link dev.muster.actors.runtime.kubernetes.ReplicaPod} and {@link
 * dev.muster.actors.runtime.kubernetes.PodEnd} are pure. This package touches the Kubernetes API
 * and the replicas' own HTTP ports, and nothing else; no actor, no journal.
 */
package dev.muster.actors.runtime.kubernetes;
