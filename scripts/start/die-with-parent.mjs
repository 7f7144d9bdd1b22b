// Loaded before Next: when the start command is gone, however it ended, its end closes our input.
process.stdin.once("end", () => process.exit(0)).once("error", () => process.exit(0));
process.stdin.resume();
