/** A server takes no request of more than 5,000 events, and none of some megabytes. */
const EVENTS_MAX = 1000;
const BYTES_MAX = 1_000_000;

/** Events in the requests that a server takes, in their order. One that is too long by itself stays alone. */
export const cutIntoRequests = <Event>(
  events: readonly Event[],
  { eventsMax = EVENTS_MAX, bytesMax = BYTES_MAX } = {},
): Event[][] => {
  const requests: Event[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event));
    const last = requests.at(-1);
    if (last && last.length < eventsMax && bytes + size <= bytesMax) {
      last.push(event);
      bytes += size;
    } else {
      requests.push([event]);
      bytes = size;
    }
  }
  return requests;
};

/** One request: a step's or a client's. `name` is that of the step, the same in each replay. */
type SendRequest<Event> = (name: string, events: Event[]) => Promise<unknown>;

/** Sends any number of events in requests that a server takes; the first has the plain name, for runs under way. */
export const sendEvents = async <Event>(
  send: SendRequest<Event>,
  name: string,
  events: readonly Event[],
): Promise<void> => {
  for (const [index, request] of cutIntoRequests(events).entries()) {
    await send(index === 0 ? name : `${name}-${index + 1}`, request);
  }
};
