import { hash, verify } from "@node-rs/argon2";

/** argon2id (the library's default variant) at OWASP's first choice: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The hash of a random, discarded password at the same cost: an unknown user takes as long as a known one. */
const NOBODYS_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$O3xWFvXeCtk0/YxJcm0qjg$GaqnzrhXcjmldrwsWQmZvzyO1heDE0pjMTIWWmJQX38";

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

type Compare = (passwordHash: string, password: string) => Promise<boolean>;

/** Whether the password is the one behind the hash. Takes as long without a hash, for a user who does not exist. */
export const verifyPassword = async (
  passwordHash: string | null,
  password: string,
  compare: Compare = verify,
): Promise<boolean> => {
  const isRight = await compare(passwordHash ?? NOBODYS_HASH, password);
  return passwordHash !== null && isRight;
};
