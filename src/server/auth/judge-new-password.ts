import { judgePassword } from "~/contracts/password-strength";
import { AppError } from "../errors";

/** Throws AppError for a new password that is common, or made of the account's address or the product's name. */
export const judgeNewPassword = async (password: string, email: string): Promise<void> => {
  const { refusal } = await judgePassword(password, email);
  if (refusal !== null) throw new AppError("invalid", `The password ${refusal}.`);
};
