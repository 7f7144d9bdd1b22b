import type { ExportSeats } from "../ports/export-seats";

/** Per process and in memory: the limit guards the time of this process only. */
export const createExportSeats = (): ExportSeats => {
  const taken = new Map<string, number>();
  return {
    take: (userId, most) => {
      const count = taken.get(userId) ?? 0;
      if (count >= most) return null;
      taken.set(userId, count + 1);
      let hasLeft = false;
      return () => {
        if (hasLeft) return;
        hasLeft = true;
        const left = (taken.get(userId) ?? 1) - 1;
        if (left === 0) taken.delete(userId);
        else taken.set(userId, left);
      };
    },
  };
};
