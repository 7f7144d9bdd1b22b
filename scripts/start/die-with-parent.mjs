import { beatToParent } from "../../src/supervisor/beat-to-parent.mjs";

// Loaded before Next: when the start command is gone, however it ended, its end closes our input.
// Next hands this to its own children too, whose input is another: they end with Next.
if (process.env.START_COMMAND_PID === String(process.ppid)) {
  process.stdin.once("end", () => process.exit(0)).once("error", () => process.exit(0));
  process.stdin.resume();
  beatToParent();
}
