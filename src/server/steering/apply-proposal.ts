import { decideAcceptance, type OpenProposal } from "~/trading/steering/decide-proposal";
import type { CommandOf } from "~/trading/steering/command";
import { isRefused, refuse } from "~/trading/steering/refused";
import type { Applied, Applying } from "./applied";
import { expireProposal } from "./end-proposal";
import { startRun } from "./start-run";

type Told<Kind extends "accept-proposal" | "decline-proposal"> = {
  readonly commandId: string;
  /** Wall time, ms. */
  readonly askedAt: number;
  readonly command: CommandOf<Kind>;
};
type Row = Omit<OpenProposal, "expiresAt"> & { readonly expiresAt: Date; readonly present: number };

/** As a missing one: which proposals others have is nobody's business. */
const NO_PROPOSAL = refuse("it has no such proposal");

/** Locked, so that it does not end meanwhile. */
const lockProposal = async ({ tx, bot }: Applying, proposalId: string): Promise<Row | undefined> => {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT p.state::text AS state, p.expires_at AS "expiresAt", p.settings_version AS "settingsVersion",
      b.settings_version AS present
    FROM proposals p JOIN bots b ON b.id = p.bot_id
    WHERE p.id = ${proposalId}::uuid AND p.bot_id = ${bot.botId}::uuid FOR UPDATE OF p`;
  return row;
};

/** Has a proposal judged again and placed, by a run of its own at the next open. It holds nothing until then. */
export const acceptProposal = async (
  applying: Applying,
  { commandId, askedAt, command: { proposalId } }: Told<"accept-proposal">,
): Promise<Applied> => {
  const { tx, bot } = applying;
  const row = await lockProposal(applying, proposalId);
  if (!row) return NO_PROPOSAL;
  const { status } = bot;
  const proposal = { ...row, expiresAt: row.expiresAt.getTime() };
  const decided = decideAcceptance(proposal, { status, settingsVersion: row.present, askedAt });
  if (decided !== "accept") {
    if (isRefused(decided)) return decided;
    await expireProposal(tx, { id: proposalId, reason: decided.over });
    return refuse(`the proposal expired: ${decided.over}`);
  }
  const run = await startRun(applying, commandId);
  if (run === null) return refuse("its own slot comes at this moment: accept it again");
  await tx.$executeRaw`
    UPDATE proposals SET state = 'accepted', command_id = ${commandId}::uuid WHERE id = ${proposalId}::uuid`;
  return { positionIds: [], isRunning: true };
};

/** Ends a proposal that its trader does not want. */
export const declineProposal = async (
  applying: Applying,
  { commandId, command: { proposalId } }: Told<"decline-proposal">,
): Promise<Applied> => {
  const row = await lockProposal(applying, proposalId);
  if (!row) return NO_PROPOSAL;
  if (row.state !== "proposed") return refuse(`the proposal is ${row.state} already`);
  await applying.tx.$executeRaw`
    UPDATE proposals SET state = 'declined', command_id = ${commandId}::uuid, ended_at = clock_timestamp()
    WHERE id = ${proposalId}::uuid`;
  return { positionIds: [] };
};
