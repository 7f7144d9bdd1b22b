import { AppError } from "../errors";

/** What is somebody else's and what is nowhere are told in the same words, so that nobody can find out which it is. */
const WORDS = {
  account: "Account not found: it does not exist or belongs to another user.",
  bot: "Bot not found: it does not exist or belongs to another user.",
  command: "Command not found: it does not exist or belongs to another user.",
  cycle: "Cycle not found: it was deleted or belongs to another user.",
  position: "Position not found: it does not exist or belongs to another user.",
  question: "Question not found: it was deleted, never answered, or belongs to another user.",
  proposal: "Proposal not found: it does not exist or belongs to another user.",
  version: "Version not found: the bot has none of this number, or belongs to another user.",
} as const;

export const notFound = (what: keyof typeof WORDS): AppError => new AppError("not-found", WORDS[what]);
