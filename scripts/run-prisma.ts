import { installed, runCommand } from "./run-command";

export type PrismaOptions = {
  /** The database to work on; commands that need none may leave it out. */
  readonly url?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** Runs one Prisma command and returns what it said; throws with that text when it fails. */
export const runPrisma = async (args: readonly string[], options: PrismaOptions = {}): Promise<string> => {
  const { url } = options;
  const target = url === undefined ? {} : { DATABASE_URL: url, DIRECT_URL: url, OWNER_DATABASE_URL: url };
  const { code, output } = await runCommand([installed("prisma"), ...args], { env: { ...target, ...options.env } });
  if (code !== 0) throw new Error(`prisma ${args.join(" ")} failed (exit code ${code}):\n${output.trim()}`);
  return output;
};
