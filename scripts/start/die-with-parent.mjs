import { beatToParent } from "../../src/supervisor/beat-to-parent.mjs";
import { holdLittle } from "../../src/supervisor/hold-little.mjs";

// Loaded before Next: when the start command is gone, however it ended, its end closes our input.
// Next hands this to its own children too, whose input is another: they end with Next.
if (process.env.START_COMMAND_PID === String(process.ppid)) {
  process.stdin.once("end", () => process.exit(0)).once("error", () => process.exit(0));
  process.stdin.resume();
  beatToParent();
  // A build has no channel, and is quick with the memory that it wants.
  if (process.send !== undefined && process.env.NODE_ENV === "production") holdLittle();
}
