import type { Command } from "~/trading/steering/command";
import { HOUR_MS } from "../../testing/books-fixture";
import { tellBot } from "../../testing/tell-bot";
import { BOTS_PER_SEQUENCE, type Tell } from "./command-sequences";
import { botAt, idAt, type ToldBots } from "./told-bots";

const sequenceOf = (bot: number): number => Math.floor(bot / BOTS_PER_SEQUENCE);

/** Of which bot a position or a proposal is that is spoken of. */
const subjectIdOf = (bots: ToldBots, { bot, of, toOther }: Tell): string =>
  idAt(bots, of === "own" ? bot : bot + toOther);

const positionIdOf = async (bots: ToldBots, step: Tell): Promise<string> => {
  const { db, newId } = bots.fixture.ports;
  if (step.of === "none") return newId();
  const where = { botId: subjectIdOf(bots, step) };
  const position = await db.position.findFirst({ where, orderBy: { createdAt: "desc" } });
  return position?.id ?? newId();
};

const proposalIdOf = async (bots: ToldBots, step: Tell): Promise<string> => {
  const { db, newId } = bots.fixture.ports;
  if (step.of === "none") return newId();
  const where = { botId: subjectIdOf(bots, step) };
  const proposal = await db.proposal.findFirst({ where, orderBy: { createdAt: "desc" } });
  return proposal?.id ?? newId();
};

const atHours = (time: number, hours: number): string => new Date(time + hours * HOUR_MS).toISOString();

const commandOf = async (bots: ToldBots, step: Tell): Promise<Command> => {
  const { kind, away, isLooser } = step;
  if (kind === "close-position") return { kind, positionId: await positionIdOf(bots, step) };
  if (kind === "lock-pair") {
    return { kind, pair: isLooser ? null : "BTC/USDT", until: atHours(bots.now, 0.5), reason: null };
  }
  if (kind === "unlock-pair") return { kind, pair: isLooser ? null : "BTC/USDT" };
  if (kind === "apply-exits") {
    // Of one position, or of all that the bot holds.
    return step.of === "none" ? { kind, isLooser } : { kind, isLooser, positionId: await positionIdOf(bots, step) };
  }
  if (kind === "accept-proposal" || kind === "decline-proposal") {
    return { kind, proposalId: await proposalIdOf(bots, step) };
  }
  if (kind !== "move-stop") return { kind };
  const positionId = await positionIdOf(bots, step);
  const position = await bots.fixture.ports.db.position.findUnique({ where: { id: positionId } });
  const level = position ? position.mark.mul(1 + away).toFixed(4) : "1";
  return { kind, positionId, level, isLooser };
};

export const tell = async (bots: ToldBots, step: Tell): Promise<void> => {
  const command = await commandOf(bots, step);
  const sequence = sequenceOf(step.bot);
  const id = (step.isAgain ? bots.lastCommandIds.get(sequence) : undefined) ?? bots.fixture.ports.newId();
  const row = await tellBot(botAt(bots, step.bot), command, id).catch(() => null);
  if (row) bots.lastCommandIds.set(sequence, row.id);
};
