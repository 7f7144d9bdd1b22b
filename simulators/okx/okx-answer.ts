/** An OKX v5 reply: HTTP status and JSON body. */
export type OkxAnswer = { readonly status: number; readonly body: object };

export const answerWith = (data: readonly unknown[]): OkxAnswer => ({
  status: 200,
  body: { code: "0", msg: "", data },
});

const refuseWith = (status: number, code: string, msg: string): OkxAnswer => ({
  status,
  body: { code, msg, data: [] },
});

// Codes and texts of the "Error Code" section of the OKX v5 documentation.
export const refuseMaintenance = (): OkxAnswer =>
  refuseWith(503, "50001", "Service temporarily unavailable. Please try again later.");
export const refuseTooManyRequests = (): OkxAnswer => refuseWith(429, "50011", "Too Many Requests");
export const refuseEmptyParameter = (name: string): OkxAnswer =>
  refuseWith(400, "50014", `Parameter ${name} cannot be empty.`);
export const refuseSystemError = (reason: string): OkxAnswer =>
  refuseWith(500, "50026", `System error. Please try again later. (${reason})`);
export const refuseParameter = (name: string): OkxAnswer => refuseWith(400, "51000", `Parameter ${name} error`);
export const refuseInstrument = (): OkxAnswer => refuseWith(200, "51001", "Instrument ID doesn't exist.");

export const refuseEndpoint = (): OkxAnswer => ({
  status: 404,
  body: { code: "404", data: {}, detailMsg: "", error_code: "404", error_message: "Not Found", msg: "Not Found" },
});
