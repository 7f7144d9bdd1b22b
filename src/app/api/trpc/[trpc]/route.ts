import { handleApiRequest } from "~/server/api/handle-request";

export const dynamic = "force-dynamic";
export const maxDuration = 300;
export { handleApiRequest as GET, handleApiRequest as POST };
