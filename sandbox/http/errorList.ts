/** An error as Intercom answers it. */
export const errorList = (
  requestId: string | null,
  error: { code: string; message: string; field?: string },
) => ({ type: "error.list", request_id: requestId, errors: [error] });
