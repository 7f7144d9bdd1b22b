import { z } from "zod";
import { candleChartInputSchema, candleChartSchema, equityChartSchema } from "~/contracts/chart-view";
import { getCandleChart } from "../../views/history/get-candle-chart";
import { getEquityChart } from "../../views/history/get-equity-chart";
import { createRouter, userProcedure } from "../procedure/trpc";

export const chartsRouter = createRouter({
  equity: userProcedure
    .input(z.strictObject({ botId: z.uuid() }))
    .output(equityChartSchema)
    .query(({ ctx: { ports, session }, input }) => getEquityChart(ports, { userId: session.userId, ...input })),
  candles: userProcedure
    .input(candleChartInputSchema)
    .output(candleChartSchema)
    .query(({ ctx: { ports, session }, input }) => getCandleChart(ports, { userId: session.userId, ...input })),
});
