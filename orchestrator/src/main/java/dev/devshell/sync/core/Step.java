package dev.devshell.sync.core;

/** A path and what is to be done with it. */
public record Step(String path, Decision decision) {}
