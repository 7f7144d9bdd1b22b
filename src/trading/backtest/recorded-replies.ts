import { z } from "zod";
import { invariant } from "../invariant";

/** A reply that somebody paid for once: the model's name, the hash of its canonical prompt, and the body as it came. */
const recordedReplySchema = z.object({
  model: z.string(),
  promptHash: z.string().regex(/^[0-9a-f]{64}$/, "a prompt's hash is SHA-256 in 64 small hex digits"),
  raw: z.string(),
});
export type RecordedReply = z.infer<typeof recordedReplySchema>;

/** The body of a reply; undefined: there is none of that question. */
export type FindReply = (model: string, promptHash: string) => string | undefined;

const keyOf = (model: string, promptHash: string): string => `${promptHash} ${model}`;

/** Finds replies by their questions; of several to one question the first. */
export const createReplyBook = (replies: readonly RecordedReply[]): FindReply => {
  const raws = new Map<string, string>();
  for (const { model, promptHash, raw } of replies) {
    const key = keyOf(model, promptHash);
    if (!raws.has(key)) raws.set(key, raw);
  }
  return (model, promptHash) => raws.get(keyOf(model, promptHash));
};

const parseLine = (line: string, number: number): RecordedReply => {
  const read = recordedReplySchema.safeParse(parseJson(line));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  invariant(issue, "what cannot be read has a fault");
  throw new RangeError(`line ${number} is no recorded reply: ${issue.path.join(".")} ${issue.message}`.trim());
};

const parseJson = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
};

/** Reads a file of replies, one JSON object a line; empty lines count for nothing. Throws RangeError with the line. */
export const parseReplies = (text: string): RecordedReply[] =>
  text.split("\n").flatMap((line, index) => (line.trim() === "" ? [] : [parseLine(line, index + 1)]));
