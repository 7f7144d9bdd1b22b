/** What a new password is judged to be, in words for the person who chooses it. */
export type PasswordJudgement = {
  /** Why it is refused, after "The password "; null: it is taken. */
  readonly refusal: string | null;
  /** How hard it is to guess. */
  readonly strength: "weak" | "fair" | "strong";
};

const PRODUCT_WORDS = ["0xbot"];
/** Shorter pieces of an address stand in many words by chance. */
const WORD_MIN = 3;
/** Letters and digits that must be the person's own choice. */
const OWN_MIN = 6;
/** Guesses as a power of ten, by zxcvbn's estimate: below the first a password is among the common ones. */
const FAIR_GUESSES = 8;
const STRONG_GUESSES = 12;
/** What is judged: a password is at least as hard as its beginning, and the work grows faster than the length. */
const JUDGED_MAX = 64;

/** The product's name, the address and its pieces, longest first. */
const wordsAround = (email: string): string[] => {
  const address = email.trim().toLowerCase();
  const pieces = [address, ...address.split("@"), ...address.split(/[^\p{L}\p{N}]+/u)];
  const words = [...PRODUCT_WORDS, ...pieces].filter((word) => word.length >= WORD_MIN);
  return words.toSorted((one, other) => other.length - one.length);
};

/** Whether nearly nothing is left of a password without the product's name and what the address is made of. */
export const isMadeOfOwnWords = (password: string, email: string): boolean => {
  const lower = password.toLowerCase();
  const rest = wordsAround(email).reduce((text, word) => text.replaceAll(word, " "), lower);
  if (rest === lower) return false;
  return rest.replaceAll(/[\s\p{P}\p{S}]/gu, "").length < OWN_MIN;
};

type Guesses = (password: string, words: string[]) => number;
let loaded: Promise<Guesses> | undefined;

/** Loaded when somebody chooses a password: the list of common ones is larger than all else that a page loads. */
const loadGuesses = async (): Promise<Guesses> => {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  const factory = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return (password, words) => factory.check(password, words).guessesLog10;
};

/** Judges a new password of an account with this address; the same in the browser and on the server. */
export const judgePassword = async (password: string, email: string): Promise<PasswordJudgement> => {
  loaded ??= loadGuesses().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  const guesses = (await loaded)(password.slice(0, JUDGED_MAX), wordsAround(email));
  const strength = guesses < FAIR_GUESSES ? "weak" : guesses < STRONG_GUESSES ? "fair" : "strong";
  if (isMadeOfOwnWords(password, email)) {
    return { strength: "weak", refusal: "is made of your e-mail or the product's name" };
  }
  return { strength, refusal: strength === "weak" ? "is too easy to guess: it is common, or repeats itself" : null };
};
