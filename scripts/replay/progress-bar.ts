const WIDTH = 40;

/** Shows on stderr how far something that lives market time has come: a bar on a terminal, else a line for every tenth. */
export const createProgressBar = (name: string, { from, to }: { readonly from: number; readonly to: number }) => {
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
      const text = `${day} ${Math.round(share * 100)} % ${seconds} s`;
      process.stderr.write(isTerminal ? `\r${name} ${bar} ${text}` : `${name}: ${text}\n`);
    },
    end: (): void => {
      if (isTerminal) process.stderr.write("\n");
    },
  };
};
