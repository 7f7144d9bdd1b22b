import { z } from "zod";
import { emailSchema, newPasswordSchema } from "~/contracts/credentials";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import { judgeNewPassword } from "./judge-new-password";
import { hashPassword } from "./password";

const newUserSchema = z.object({
  email: emailSchema,
  password: newPasswordSchema,
  role: z.enum(["trader", "admin"]).default("trader"),
});
type NewUser = z.input<typeof newUserSchema>;

/** Creates a user who can sign in, whose address whoever runs the command vouches for. Throws AppError when the e-mail or password is not valid, or the e-mail is taken. */
export const createUser = async (ports: Pick<Ports, "db" | "newId" | "wallNow">, user: NewUser): Promise<string> => {
  const parsed = newUserSchema.safeParse(user);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
    throw new AppError("invalid", `The user was not created: ${problems.join("; ")}.`);
  }
  const { email, password, role } = parsed.data;
  await judgeNewPassword(password, email);
  const id = ports.newId();
  const passwordHash = await hashPassword(password);
  const data = { id, email, role, passwordHash, emailVerifiedAt: new Date(ports.wallNow()) };
  const { count } = await ports.db.user.createMany({ data: [data], skipDuplicates: true });
  if (count === 0) throw new AppError("conflict", `A user ${email} already exists.`);
  return id;
};
