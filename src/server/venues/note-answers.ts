import type { Ports } from "../ports";

/** The same market data, and whether a venue gave a price through it; where all is stored already, none is asked. */
export const noteAnswers = <Given extends Pick<Ports, "marketDataOf">>(ports: Given) => {
  let isAnswered = false;
  const marketDataOf: Ports["marketDataOf"] = async (venue) => {
    const source = await ports.marketDataOf(venue);
    return {
      ...source,
      fetchTicker: async (market) => {
        const ticker = await source.fetchTicker(market);
        isAnswered = true;
        return ticker;
      },
    };
  };
  return { ports: { ...ports, marketDataOf }, hasAnswered: () => isAnswered };
};
