import { AppError } from "../errors";

/** Throws AppError where a user has as many as one may have. */
export const requireRoom = (count: number, most: number, what: "bots" | "accounts"): void => {
  if (count < most) return;
  const advice = what === "bots" ? "archive one that you no longer need" : "use one of them";
  throw new AppError("conflict", `You have ${count} ${what}, as many as one user may have: ${advice}.`);
};
