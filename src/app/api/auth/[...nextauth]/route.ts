import { handleAuthRequest } from "~/server/api/handle-auth";

export const dynamic = "force-dynamic";
export { handleAuthRequest as GET, handleAuthRequest as POST };
