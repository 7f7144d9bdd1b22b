import { z } from "zod";
import {
  botDetailSchema,
  cycleRowSchema,
  decisionRowSchema,
  openPositionsSchema,
  tradeRowSchema,
} from "~/contracts/bot-detail";
import { listInputSchema, pageOf } from "~/contracts/list-page";
import { botListInputSchema, botPageSchema, botRowsInputSchema, botTotalsSchema } from "~/contracts/bot-list";
import { botRowSchema } from "~/contracts/bot-row";
import { DECISION_FILTERS, ORDERS, TRADE_RESULTS, TRADE_SIDES, TRADE_SORTS } from "~/contracts/choices";
import {
  botChoicesSchema,
  botTemplateSchema,
  copiesInputSchema,
  copiesSchema,
  createBotSchema,
  templateInputSchema,
} from "~/contracts/new-bot";
import { createBot } from "../../bots/create-bot";
import { findCopies } from "../../views/bots/find-copies";
import { getBot } from "../../views/bots/get-bot";
import { getTemplate } from "../../views/bots/get-template";
import { getBotTotals } from "../../views/bots/get-bot-totals";
import { listBotRows, listBots } from "../../views/bots/list-bots";
import { listBotChoices } from "../../views/bots/list-choices";
import { listPositions } from "../../views/bots/list-positions";
import { listCycles } from "../../views/history/list-cycles";
import { listDecisions } from "../../views/history/list-decisions";
import { listTrades } from "../../views/history/list-trades";
import { createRouter, userProcedure } from "../procedure/trpc";
import { editProcedures } from "./edit-procedures";

const botIdSchema = z.strictObject({ botId: z.uuid() });
const decisionsInputSchema = listInputSchema.extend({ filter: z.enum(DECISION_FILTERS).default("all") });

const tradesInputSchema = listInputSchema.extend({
  sort: z.enum(TRADE_SORTS).default("closed"),
  order: z.enum(ORDERS).default("desc"),
  side: z.enum(TRADE_SIDES).default("all"),
  result: z.enum(TRADE_RESULTS).default("all"),
});

export const botsRouter = createRouter({
  ...editProcedures,
  choices: userProcedure
    .output(botChoicesSchema)
    .query(({ ctx: { ports, session } }) => listBotChoices(ports, session.userId)),
  copies: userProcedure
    .input(copiesInputSchema.prefault({}))
    .output(copiesSchema)
    .query(({ ctx: { ports, session }, input }) => findCopies(ports.db, { userId: session.userId, ...input })),
  template: userProcedure
    .input(templateInputSchema)
    .output(botTemplateSchema)
    .query(({ ctx: { ports, session }, input }) => getTemplate(ports, { userId: session.userId, ...input })),
  create: userProcedure
    .input(createBotSchema)
    .output(botIdSchema)
    .mutation(({ ctx: { ports, session }, input }) => createBot(ports, { userId: session.userId, ...input })),
  list: userProcedure
    .input(botListInputSchema.prefault({}))
    .output(botPageSchema)
    .query(({ ctx: { ports, session }, input }) => listBots(ports, { userId: session.userId, ...input })),
  rows: userProcedure
    .input(botRowsInputSchema)
    .output(z.array(botRowSchema))
    .query(({ ctx: { ports, session }, input }) => listBotRows(ports, { userId: session.userId, ...input })),
  totals: userProcedure
    .output(botTotalsSchema)
    .query(({ ctx: { ports, session } }) => getBotTotals(ports, session.userId)),
  byId: userProcedure
    .input(botIdSchema)
    .output(botDetailSchema)
    .query(({ ctx: { ports, session }, input }) => getBot(ports, { userId: session.userId, ...input })),
  positions: userProcedure
    .input(botIdSchema)
    .output(openPositionsSchema)
    .query(({ ctx: { ports, session }, input }) => listPositions(ports, { userId: session.userId, ...input })),
  trades: userProcedure
    .input(tradesInputSchema)
    .output(pageOf(tradeRowSchema))
    .query(({ ctx: { ports, session }, input: { botId, ...page } }) =>
      listTrades(ports, { userId: session.userId, botId }, page),
    ),
  decisions: userProcedure
    .input(decisionsInputSchema)
    .output(pageOf(decisionRowSchema))
    .query(({ ctx: { ports, session }, input: { botId, ...page } }) =>
      listDecisions(ports, { userId: session.userId, botId }, page),
    ),
  cycles: userProcedure
    .input(listInputSchema)
    .output(pageOf(cycleRowSchema))
    .query(({ ctx: { ports, session }, input: { botId, ...page } }) =>
      listCycles(ports, { userId: session.userId, botId }, page),
    ),
});
