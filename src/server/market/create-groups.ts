type Waiting<Item, Result> = {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
};

/** So many at once, that a statement of them stays small. */
const GROUP_MAX = 20;

/**
 * Work that is done in groups: what comes while a group is at work waits and goes together with the next one, so that
 * nothing waits where nothing is under way. `work` answers for each item in its order.
 */
export const createGroups = <Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
): ((item: Item) => Promise<Result>) => {
  const waiting: Waiting<Item, Result>[] = [];
  let isAtWork = false;

  const workOff = async (): Promise<void> => {
    isAtWork = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, GROUP_MAX);
      try {
        const results = await work(group.map(({ item }) => item));
        for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    isAtWork = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isAtWork) void workOff();
    });
};
