"""Many reports by one command: gather, send, remember, write out.

Reading order: ``entries`` (what there is to do: files, archives, tables), ``journal`` (what is
done, kept so that a killed run goes on), ``sending`` and ``local`` (who does it), ``runner`` (so
many at a time), ``outputs`` (the file that was asked for).
"""
