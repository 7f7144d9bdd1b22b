import { z } from "zod";
import { invariant } from "../invariant";

/** A reply that somebody paid for once: what its question was hashed to, and its body as it came. */
const recordedReplySchema = z.object({
  promptHash: z.string().regex(/^[0-9a-f]{64}$/, "a prompt's hash is SHA-256 in 64 small hex digits"),
  raw: z.string(),
});
export type RecordedReply = z.infer<typeof recordedReplySchema>;

/** The body of the reply to a question, by the hash of its key; undefined: none was recorded. */
export type FindReply = (promptHash: string) => string | undefined;

/** Finds replies by their questions; of several to one question the first. */
export const createReplyBook = (replies: readonly RecordedReply[]): FindReply => {
  const raws = new Map<string, string>();
  for (const { promptHash, raw } of replies) if (!raws.has(promptHash)) raws.set(promptHash, raw);
  return (promptHash) => raws.get(promptHash);
};

const parseJson = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
};

const parseLine = (line: string, number: number): RecordedReply => {
  const read = recordedReplySchema.safeParse(parseJson(line));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  invariant(issue, "what cannot be read has a fault");
  throw new RangeError(`line ${number} is no recorded reply: ${issue.path.join(".")} ${issue.message}`);
};

/** Reads a file of replies, one JSON object a line; empty lines count for nothing. Throws RangeError with the line. */
export const parseReplies = (text: string): RecordedReply[] =>
  text.split("\n").flatMap((line, index) => (line.trim() === "" ? [] : [parseLine(line, index + 1)]));
