const WIDTH = 40;

/** Shows a replay's progress on stderr: a bar on a terminal, else a line for every tenth. */
export const createProgressBar = (from: number, to: number) => {
  const isTerminal = process.stderr.isTTY;
  const startedAt = performance.now();
  let shown = -1;
  return {
    show: (time: number): void => {
      const share = Math.min(1, (time - from) / (to - from));
      const step = Math.floor(share * (isTerminal ? 200 : 10));
      if (step === shown) return;
      shown = step;
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      const day = new Date(time).toISOString().slice(0, 10);
      const filled = Math.round(share * WIDTH);
      const bar = `[${"=".repeat(filled)}${" ".repeat(WIDTH - filled)}]`;
      process.stderr.write(
        isTerminal
          ? `\r${bar} ${day} ${Math.round(share * 100)} % ${seconds} s`
          : `${day} ${Math.round(share * 100)} % ${seconds} s\n`,
      );
    },
    end: (): void => {
      if (isTerminal) process.stderr.write("\n");
    },
  };
};
