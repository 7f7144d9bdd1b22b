import { handleExportRequest } from "~/server/api/handle-export";

export const dynamic = "force-dynamic";
export const maxDuration = 300;

export const GET = async (request: Request, { params }: RouteContext<"/api/exports/[kind]">): Promise<Response> =>
  handleExportRequest(request, (await params).kind);
