import { z } from "zod";
import {
  marketRowSchema,
  marketsInputSchema,
  previewCandlesInputSchema,
  previewCandlesSchema,
} from "~/contracts/market-row";
import { listMarkets } from "../../views/markets/list-markets";
import { listPreviewCandles } from "../../views/markets/list-preview-candles";
import { createRouter, userProcedure } from "../procedure/trpc";

/** Markets as new bots find them: public data of venues that are open. */
export const marketsRouter = createRouter({
  list: userProcedure
    .input(marketsInputSchema)
    .output(z.array(marketRowSchema))
    .query(({ ctx: { ports }, input }) => listMarkets(ports, input)),
  candles: userProcedure
    .input(previewCandlesInputSchema)
    .output(previewCandlesSchema)
    .query(({ ctx: { ports }, input }) => listPreviewCandles(ports, input)),
});
