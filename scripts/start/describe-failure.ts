import { describeFullDisk } from "./check-disk";
import { StartError } from "./start-error";

/** What the person who starts it is told of a failure: with its place where the fault is ours. */
export const describeFailure = (error: unknown): string => {
  const isTheirs =
    error instanceof StartError || (error instanceof Error && error.message.startsWith("The environment"));
  const text = error instanceof Error ? (isTheirs ? error.message : (error.stack ?? error.message)) : String(error);
  return describeFullDisk(error) ?? text;
};
