import type { CycleRef } from "../../cycle/cycle-ref";
import type { BooksFixture } from "../../testing/books-fixture";
import type { Run } from "./command-sequences";

export type Held = {
  readonly fixture: BooksFixture;
  readonly cycle: CycleRef;
  readonly from: number;
  readonly wish: Run["wish"];
};

/** The bots of one user that live through a script together, and what has to be known of it to judge them. */
export type ToldBots = {
  readonly fixture: BooksFixture;
  readonly botIds: readonly string[];
  readonly held: Map<string, Held>;
  /** The last command of each sequence. */
  readonly lastCommandIds: Map<number, string>;
  now: number;
};

export const idAt = ({ botIds }: ToldBots, index: number): string => {
  const id = botIds[index % botIds.length];
  if (id === undefined) throw new Error("there are no bots");
  return id;
};
export const botAt = (bots: ToldBots, index: number): BooksFixture => ({ ...bots.fixture, botId: idAt(bots, index) });
