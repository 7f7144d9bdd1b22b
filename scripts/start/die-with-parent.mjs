import { beatToParent } from "../../src/supervisor/beat-to-parent.mjs";
import { holdLittle } from "../../src/supervisor/hold-little.mjs";

// Loaded before Next: when the start command ends, however it ends, our input closes.
// Next loads this in its own children too. They have another input and end with Next.
if (process.env.START_COMMAND_PID === String(process.ppid)) {
  process.stdin.once("end", () => process.exit(0)).once("error", () => process.exit(0));
  process.stdin.resume();
  beatToParent();
  // A build has no channel, and is quick with the memory that it wants.
  if (process.send !== undefined && process.env.NODE_ENV === "production") holdLittle();
}
