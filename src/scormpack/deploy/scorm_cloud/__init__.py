"""SCORM Cloud: a library of courses that other platforms play, or its own pages."""
