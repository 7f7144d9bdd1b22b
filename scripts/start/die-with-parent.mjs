import { beatToParent } from "../../src/supervisor/beat-to-parent.mjs";

// Loaded before Next: when the start command ends, however it ends, our input closes.
// Next loads this in its own children too. They have another input and end with Next.
if (process.env.START_COMMAND_PID === String(process.ppid)) {
  process.stdin.once("end", () => process.exit(0)).once("error", () => process.exit(0));
  process.stdin.resume();
  beatToParent();
}
