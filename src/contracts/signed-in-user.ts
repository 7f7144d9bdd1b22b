import { z } from "zod";

/** The user behind a session, as pages may know it. */
export const signedInUserSchema = z.object({
  email: z.string(),
  role: z.enum(["trader", "admin"]),
  /** Whether mail to the address is known to arrive. */
  isVerified: z.boolean(),
});
