/**
 * A program that uses the message API as any other may: it joins the nodes, changes clusters and
 * follows what happens. Meant to be read; {@code muster example} runs it.
 */
package dev.muster.deploy.example;
