import type { CycleRef } from "../../cycle/cycle-ref";
import type { Ports } from "../../ports";
import { FIRST_SLOT, type BooksFixture } from "../../testing/books-fixture";
import { createQuietBot } from "../../testing/told-fixture";
import { BOTS_PER_WORLD, type Run } from "./command-sequences";

/** A cycle in hand, and the stage that it has come to. */
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

/** Every second bot asks its trader. */
export const createToldBots = async (runtime: Ports): Promise<ToldBots> => {
  const fixture = await createQuietBot(runtime);
  const botIds = [fixture.botId];
  while (botIds.length < BOTS_PER_WORLD) {
    const isAsking = botIds.length % 2 === 1;
    botIds.push(await fixture.addBot(isAsking ? { approval: { minutes: 60, bandFraction: 0.02 } } : {}));
  }
  return { fixture, botIds, held: new Map(), lastCommandIds: new Map(), now: FIRST_SLOT };
};

export const idAt = ({ botIds }: ToldBots, index: number): string => {
  const id = botIds[index % botIds.length];
  if (id === undefined) throw new Error("there are no bots");
  return id;
};
export const botAt = (bots: ToldBots, index: number): BooksFixture => ({ ...bots.fixture, botId: idAt(bots, index) });
