import type { Ports } from "../ports";
import type { AccessCase } from "./account-access";

const COMMAND_ID = "00000000-0000-7000-8000-00000000c002";
const PROPOSAL_ID = "00000000-0000-7000-8000-00000000d002";

/** The bot's newest entry as if it had been proposed and had expired. */
const openProposal = async ({ botId, db }: { readonly botId: string; readonly db: Ports["db"] }): Promise<void> => {
  await db.$executeRaw`
    INSERT INTO proposals (id, bot_id, decision_id, market_id, side, settings_version, reference_price, stop_loss, take_profit,
      quantity, notional, risk, band_low, band_high, proposed_at, watched_through, expires_at, state, reason, ended_at)
    SELECT ${PROPOSAL_ID}::uuid, ${botId}::uuid, d.id, d.market_id, 'long', 1, 100, 95, 110, 1, 100, 5, 99, 101, now(), now(),
      now(), 'expired', 'late', now()
    FROM decisions d JOIN cycles c ON c.id = d.cycle_id WHERE c.bot_id = ${botId}::uuid LIMIT 1
    ON CONFLICT DO NOTHING`;
};

/** Who may see and decide on what waits for its trader. */
export const proposalAccess = (
  of: () => { readonly botId: string; readonly runtime: Pick<Ports, "db"> },
): Readonly<Record<string, AccessCase>> => {
  const ask = async () => {
    const { botId, runtime } = of();
    await openProposal({ botId, db: runtime.db });
    return { commandId: COMMAND_ID, proposalId: PROPOSAL_ID };
  };
  return {
    "proposals.list": { call: (caller) => caller.proposals.list({ botId: of().botId }), stranger: "NOT_FOUND" },
    "proposals.accept": {
      call: async (caller) => caller.proposals.accept(await ask()),
      stranger: "NOT_FOUND",
    },
    "proposals.decline": {
      call: async (caller) =>
        caller.proposals.decline({ ...(await ask()), commandId: COMMAND_ID.replace("c002", "c003") }),
      stranger: "NOT_FOUND",
    },
  };
};
