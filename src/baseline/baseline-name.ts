/** The name of the file that holds a baseline, unless the user names another. */
export const baselineName = '.conditional-requests-baseline.json';
