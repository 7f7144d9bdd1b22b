import { createCsvWriter } from "./write-csv";
import { createJsonWriter } from "./write-json";
import type { SignedIn } from "../auth/find-session";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import { reportFailure } from "../report-failure";
import { findOwnedBot } from "../views/owned-bot";
import { claimExport, type WantedExport } from "./claim-export";
import { readExport, SOURCES } from "./read-export";
import { streamExport } from "./stream-export";
import { whileSignedIn } from "./while-signed-in";

export type OpenExport = { readonly fileName: string; readonly body: ReadableStream<Uint8Array> };

const WRITERS = { csv: createCsvWriter, json: createJsonWriter };

/** "ledger-my-bot-20240131.csv": letters that every file system takes. */
const fileNameOf = (kind: string, bot: string, { format, at }: { readonly format: string; readonly at: number }) => {
  const name = bot
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 40);
  return `${kind}-${name === "" ? "bot" : name}-${new Date(at).toISOString().slice(0, 10).replaceAll("-", "")}.${format}`;
};

/**
 * An export of what a user's bot did, as a file that is written while it is read and the session lasts. Throws AppError:
 * `not-found` for a bot that is not there or not the user's, `too-many` beyond a limit.
 */
export const openExport = async (
  ports: Pick<Ports, "db" | "wallNow" | "quota" | "exports">,
  { sessionId, ...wanted }: WantedExport & Pick<SignedIn, "sessionId">,
): Promise<OpenExport> => {
  const { userId, kind, query } = wanted;
  const bot = await findOwnedBot(ports, { userId, botId: query.bot });
  const onEnd = await claimExport(ports, wanted);
  const source = SOURCES[kind];
  const currency = bot.currency.toLowerCase();
  const rows = readExport(ports, { source, botId: bot.id, query, currency });
  const pages = whileSignedIn(ports, sessionId, rows);
  const writer = WRITERS[query.format](source.columns(currency));
  const onFailure = (error: unknown): void => {
    if (!(error instanceof AppError)) reportFailure(`export ${kind}`, error);
  };
  const fileName = fileNameOf(kind, bot.name, { format: query.format, at: ports.wallNow() });
  return { fileName, body: streamExport(pages, writer, { onEnd, onFailure }) };
};
