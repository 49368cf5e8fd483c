/** What the files of this script share: each adds one part, named as the file is. */
const edgewise = {};
