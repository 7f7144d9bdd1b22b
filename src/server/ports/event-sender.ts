/**
 * Hints to the durable functions, sent after the commit they are about. A lost hint only costs time: the rows are the
 * truth, and the tick finds them. Sent twice, a hint counts once.
 */
export type EventSender = {
  /** A simulated market's clock was set; the new speed begins at `anchorWall`, ms. */
  clockSet(change: { readonly venueId: string; readonly anchorWall: number }): Promise<void>;
  /** A command was stored. */
  commandAsked(asked: { readonly botId: string; readonly commandId: string }): Promise<void>;
};
