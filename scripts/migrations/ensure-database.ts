import pg from "pg";
import { runAlone } from "../postgres/run-alone";

const NO_SUCH_DATABASE = "3D000";
/** The second code appears when two starts make the database at the same moment. */
const DATABASE_EXISTS = ["42P04", "23505"];

const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code;

/** Makes the database of this URL when it does not exist. */
export const ensureDatabase = async (url: string): Promise<void> => {
  try {
    await runAlone(url, "SELECT 1");
  } catch (error) {
    if (codeOf(error) !== NO_SUCH_DATABASE) throw error;
    const maintenance = new URL(url);
    const name = decodeURIComponent(maintenance.pathname.slice(1));
    maintenance.pathname = "/postgres";
    await runAlone(maintenance.toString(), `CREATE DATABASE ${pg.escapeIdentifier(name)}`).catch((failure: unknown) => {
      // Another start made it at the same moment.
      if (!DATABASE_EXISTS.includes(codeOf(failure) ?? "")) throw failure;
    });
  }
};
