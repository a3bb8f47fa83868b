"""Maps on *Hôm nay*: where in the province, and in which countries. Their shapes are files beside this one: no server
of maps is ever asked.
"""
