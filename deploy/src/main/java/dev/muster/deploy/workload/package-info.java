/**
 * Prepares the workload that comes with Muster so that many replicas on one machine share one copy
 * of its code and of the database engine's native library.
 */
package dev.muster.deploy.workload;
