"""Google Sheets on localhost: the API as a stand-in that is never friendlier than the real one."""
