/** What an error page says: what happened, what is safe, what to do. */
export interface ErrorWords {
  readonly title: string;
  readonly what: string;
  readonly next: string;
  readonly canRetry: boolean;
}

export function errorWords(status: number, message: string): ErrorWords {
  switch (status) {
    case 403:
      return {
        title: 'This is not open to you',
        what: message || 'Your key does not give access to this page.',
        next: 'If you have another key, sign in with it.',
        canRetry: false,
      };
    case 404:
      return {
        title: 'Nothing here',
        what: message || 'There is no page at this address.',
        next: 'The address may be mistyped, or the session may belong to another player.',
        canRetry: false,
      };
    case 429:
      return {
        title: 'One moment',
        what: message || 'That was more than the server can take at once.',
        next: 'Nothing is lost. Wait a little, then try again.',
        canRetry: true,
      };
    case 503:
      return {
        title: 'The server is catching its breath',
        what: message || 'Its database does not answer just now.',
        next: 'Everything you have played is kept. Try again in a minute.',
        canRetry: true,
      };
    default:
      return status >= 500
        ? {
            title: 'Something went wrong on our side',
            what: 'The page could not be made.',
            next: 'Everything you have played is kept. Try again, or go on from your sessions.',
            canRetry: true,
          }
        : {
            title: 'That did not work',
            what: message || 'The request was not accepted.',
            next: 'Go back and try another way.',
            canRetry: false,
          };
  }
}
