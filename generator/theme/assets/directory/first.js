/* Before the first paint: where the address asks something, the list that came with the page waits unseen for the answer,
   so that nothing is shown that will be replaced at once. */
if (location.search) { document.getElementById("directory").classList.add("unanswered"); }
