export type Teardown = {
  /** Adds what must be undone; the last added is undone first. */
  add(undo: () => Promise<void> | void): void;
  /** Undoes everything once and ends this process with the code; later calls change nothing. */
  end(code: number): void;
  isEnding(): boolean;
};

/** Undoes what the start command did, however it ends. */
export const createTeardown = (say: (text: string) => void): Teardown => {
  const undos: (() => Promise<void> | void)[] = [];
  let isEnding = false;
  const undoAll = async (): Promise<void> => {
    for (const undo of undos.toReversed()) {
      try {
        await undo();
      } catch (error) {
        say(`while stopping: ${String(error)}`);
      }
    }
  };
  return {
    add: (undo) => void undos.push(undo),
    isEnding: () => isEnding,
    end: (code) => {
      if (isEnding) return;
      isEnding = true;
      void undoAll().then(() => {
        if (code === 0) say("stopped");
        process.exit(code);
      });
    },
  };
};
