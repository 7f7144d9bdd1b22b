import path from "node:path";
import { BaseSequencer } from "vitest/node";

/** How many folders two files share. */
const sharedFolders = (one, other) => {
  const folders = path.dirname(one).split(path.sep);
  const others = path.dirname(other).split(path.sep);
  const differs = folders.findIndex((folder, index) => folder !== others[index]);
  return differs === -1 ? folders.length : differs;
};

/**
 * The order of test files: those whose folder is nearest to the mutant first, and of those the ones that were quick.
 */
export const createNearestFirst = () => {
  const durations = new Map();
  let mutated = "";

  const inOrder = (files) => {
    const keyed = files.map((file) => ({
      file,
      shared: sharedFolders(file.moduleId, mutated),
      duration: durations.get(file.moduleId) ?? 0,
    }));
    return keyed.toSorted((a, b) => b.shared - a.shared || a.duration - b.duration).map(({ file }) => file);
  };
  /** What vitest asks for the order. */
  class Sequencer extends BaseSequencer {
    async sort(files) {
      return inOrder(files);
    }
  }
  return {
    Sequencer,
    inOrder,
    start: (file) => {
      mutated = file;
    },
    /** Takes how long the files took that a run came to. */
    learn: (files) => {
      const run = files.filter(({ result }) => result?.duration !== undefined);
      for (const { filepath, result } of run) durations.set(filepath, result.duration);
    },
  };
};
