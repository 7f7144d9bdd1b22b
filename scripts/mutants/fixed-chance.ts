import fc from "fast-check";

// The same cases each time, so that a mutant that survives once always survives.
fc.configureGlobal({ seed: 1, numRuns: 25 });
