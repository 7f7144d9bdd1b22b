import { z } from "zod";
import { EXPORT_KINDS, exportQuerySchemas, type ExportKind, type ExportQuery } from "~/contracts/export-query";
import { requireConfirmation } from "../auth/confirmation";
import { AppError } from "../errors";
import { TooManyExports } from "../exports/claim-export";
import { openExport } from "../exports/open-export";
import { failureWords, reportFailure } from "../report-failure";
import { getServer } from "../runtime";
import { createContext } from "./procedure/create-context";
import { refuseRequest } from "./refuse-request";

type ExportServer = Parameters<typeof createContext>[0];

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" };
const STATUS: Partial<Record<AppError["code"], number>> = { "not-found": 404, "too-many": 429, unconfirmed: 403 };

const kindSchema = z.enum(EXPORT_KINDS);

/** Throws AppError with what is wrong with it. */
const readQuery = (kind: ExportKind, parameters: URLSearchParams): ExportQuery => {
  const names = [...parameters.keys()];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new AppError("invalid", "The request is not valid. Give each filter once.");
  const read = exportQuerySchemas[kind].safeParse(Object.fromEntries(parameters));
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => `${path.join(".") || "query"}: ${message}`);
  throw new AppError("invalid", `The request is not valid. ${problems.join("; ")}`);
};

const answerFault = (error: unknown): Response => {
  if (error instanceof AppError) {
    const headers = error instanceof TooManyExports ? { "retry-after": String(error.retryAfterSeconds) } : {};
    return refuseRequest(STATUS[error.code] ?? 400, error.message, headers);
  }
  return refuseRequest(500, failureWords(reportFailure("export", error)));
};

/** A link on another site must not use up what a user may export, though that site could not read the file. */
const isFromElsewhere = (headers: Headers): boolean =>
  ["cross-site", "same-site"].includes(headers.get("sec-fetch-site") ?? "none");

const answer = async (server: ExportServer, request: Request, kindText: string): Promise<Response> => {
  const { session, ports } = await createContext(server, request.headers);
  if (!session) return refuseRequest(401, "Sign in first.");
  requireConfirmation(session, ports.wallNow());
  const kind = kindSchema.safeParse(kindText);
  if (!kind.success) return refuseRequest(404, `There is no such export. There are ${EXPORT_KINDS.join(", ")}.`);
  const query = readQuery(kind.data, new URL(request.url).searchParams);
  const { userId, sessionId } = session;
  const { fileName, body } = await openExport(ports, { userId, sessionId, kind: kind.data, query });
  return new Response(body, {
    headers: {
      "content-type": TYPES[query.format],
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
};

/** Answers with a file of what a user's bot did, or says why not. */
export const answerExportRequest = async (server: ExportServer, request: Request, kind: string): Promise<Response> => {
  if (request.method !== "GET") return refuseRequest(405, "Use GET.");
  if (isFromElsewhere(request.headers)) return refuseRequest(403, "This request comes from another site.");
  return answer(server, request, kind).catch(answerFault);
};

export const handleExportRequest = (request: Request, kind: string): Promise<Response> =>
  answerExportRequest(getServer(), request, kind);
